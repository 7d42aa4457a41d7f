"""Build the encoder's ONNX graph: six BERT layers whose weights are named but not contained (development only).

`python -m knowledge.encoder_graph` writes `encoder.onnx` anew. The file holds the wiring alone, 8 KB; `embedder.py`
hands the weights over at start. ONNX Runtime's own operators (domain com.microsoft) keep it that small and that fast.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, helper

LAYERS = 6
HEADS = 12
WIDTH = 384
INNER = 1536
EPSILON = 1e-12
PATH = Path(__file__).with_name("encoder.onnx")


def graph() -> ModelProto:
    """Vectors of words and places (batch, length, 384) in, contextual token vectors out. No padding, so no mask.

    The table of the words is half of the model and stays on disk: embedder.py reads the rows a text needs.
    """
    nodes = [_normalized("words", "x0", "embedded")]
    for layer in range(LAYERS):
        nodes += _layer(layer, f"x{layer}", f"x{layer + 1}")
    shape: list[str | int | None] = ["batch", "length", WIDTH]
    words = helper.make_tensor_value_info("words", TensorProto.FLOAT, shape)
    tokens = helper.make_tensor_value_info(f"x{LAYERS}", TensorProto.FLOAT, shape)
    body = helper.make_graph(nodes, "minilm", [words], [tokens], [_external(*weight) for weight in weights()])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=8)
    model.producer_name = "knowing-doing-coach"
    return model


def weights() -> list[tuple[str, tuple[int, ...]]]:
    """Every weight the graph asks for: name and shape."""
    named = _normal("embedded")
    for layer in range(LAYERS):
        named += [
            (f"{layer}.qkv.weight", (WIDTH, 3 * WIDTH)),
            (f"{layer}.qkv.bias", (3 * WIDTH,)),
            (f"{layer}.mix.weight", (WIDTH, WIDTH)),
            (f"{layer}.mix.bias", (WIDTH,)),
            *_normal(f"{layer}.mixed"),
            (f"{layer}.up.weight", (WIDTH, INNER)),
            (f"{layer}.up.bias", (INNER,)),
            (f"{layer}.down.weight", (INNER, WIDTH)),
            (f"{layer}.down.bias", (WIDTH,)),
            *_normal(f"{layer}.out"),
        ]
    return named


def _normal(name: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(f"{name}.gamma", (WIDTH,)), (f"{name}.beta", (WIDTH,))]


def _normalized(x: str, y: str, name: str) -> NodeProto:
    return helper.make_node("LayerNormalization", [x, f"{name}.gamma", f"{name}.beta"], [y], epsilon=EPSILON)


def _layer(layer: int, x: str, y: str) -> list[NodeProto]:
    def at(name: str) -> str:
        return f"{layer}.{name}"

    return [
        _node("Attention", [x, at("qkv.weight"), at("qkv.bias")], [at("heads")], num_heads=HEADS),
        helper.make_node("MatMul", [at("heads"), at("mix.weight")], [at("mix")]),
        _skip(at("mix"), x, at("mixed"), at("mix.bias")),
        helper.make_node("MatMul", [at("mixed"), at("up.weight")], [at("up")]),
        _node("BiasGelu", [at("up"), at("up.bias")], [at("bent")]),
        helper.make_node("MatMul", [at("bent"), at("down.weight")], [at("down")]),
        _skip(at("down"), at("mixed"), at("out"), at("down.bias"), y),
    ]


def _skip(new: str, old: str, name: str, bias: str, output: str = "") -> NodeProto:
    inputs = [new, old, f"{name}.gamma", f"{name}.beta", bias]
    return _node("SkipLayerNormalization", inputs, [output or name], epsilon=EPSILON)


def _node(kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: Any) -> NodeProto:
    return helper.make_node(kind, inputs, outputs, domain="com.microsoft", **attributes)


def _external(name: str, shape: tuple[int, ...]) -> TensorProto:
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value="handed over at start")
    return tensor


if __name__ == "__main__":
    PATH.write_bytes(graph().SerializeToString(deterministic=True))
