# Two stages: the first makes the packages and the index, the second holds only what runs.
FROM python:3.11-slim AS builder
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

# What runs, exactly as locked.
COPY requirements.lock ./
RUN python -m venv /opt/coach \
 && /opt/coach/bin/pip install --no-deps --require-hashes -r requirements.lock

# What builds the project's own wheel, locked as well; it stays in this stage.
COPY requirements-dev.lock ./
RUN python -m venv /opt/hatch \
 && awk '/^[a-z]/ { keep = /^(hatchling|packaging|pathspec|pluggy|trove-classifiers)==/ } keep' requirements-dev.lock > hatch.lock \
 && /opt/hatch/bin/pip install --no-deps --require-hashes -r hatch.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN /opt/hatch/bin/pip wheel --no-deps --no-build-isolation --wheel-dir wheels . \
 && /opt/coach/bin/pip install --no-deps --no-index wheels/*.whl

# The index lies beside the packages; /data only points to it, so a volume over /data keeps no old one.
# What only makes a rebuild quicker stays behind.
RUN COACH_DATA_DIR=/opt/coach/var /opt/coach/bin/coach knowledge index \
 && rm /opt/coach/var/index/encoded.db \
 && mkdir /data && ln -s /opt/coach/var/index /data/index


FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --no-create-home coach
COPY --from=builder /opt/coach /opt/coach
COPY --from=builder --chown=coach /opt/coach/var /opt/coach/var
COPY --from=builder --chown=coach /data /data
ENV PATH=/opt/coach/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    COACH_DATA_DIR=/data \
    COACH_HOST=0.0.0.0 \
    COACH_LOG_FORMAT=json
USER coach
WORKDIR /data
VOLUME /data
EXPOSE 3000
# Both ways in, Socket Mode and HTTP, answer here.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", \
 "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ.get('COACH_PORT', '3000') + '/healthz', timeout=3)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["coach"]
CMD ["run"]
