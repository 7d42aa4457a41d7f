// The emoji names that the coach and its people are likely to write; others stay as they are typed.

const EMOJI = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", wave: "👋", tada: "🎉", bulb: "💡", seedling: "🌱",
  herb: "🌿", white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", calendar: "📅", date: "📅",
  spiral_calendar_pad: "🗓️", bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉",
  bell: "🔔", no_bell: "🔕", book: "📖", books: "📚", bookmark: "🔖", eyes: "👀", pray: "🙏", raised_hands: "🙌",
  clap: "👏", handshake: "🤝", compass: "🧭", anchor: "⚓", boat: "⛵", lighthouse: "🗼", rocket: "🚀", star: "⭐",
  sparkles: "✨", warning: "⚠️", information_source: "ℹ️", question: "❓", thinking_face: "🤔", smile: "😄",
  slightly_smiling_face: "🙂", hourglass_flowing_sand: "⏳", hourglass: "⌛", memo: "📝", pencil2: "✏️", link: "🔗",
  lock: "🔒", house: "🏠", gear: "⚙️", mag: "🔍", speech_balloon: "💬", arrow_right: "➡️", arrow_up: "⬆️",
  arrow_down: "⬇️", palm_tree: "🌴", coffee: "☕", sun_with_face: "🌞", heart: "❤️", one: "1️⃣", two: "2️⃣", three: "3️⃣",
};

export const emoji = (name) => EMOJI[name] || `:${name}:`;
