# One image for the migrations, the worker, the console and the command line; docker-compose.yml says which of them runs.
FROM python:3.11.15-slim-bookworm AS installed
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --requirement /tmp/requirements.lock

FROM python:3.11.15-slim-bookworm
# The git commit: worker identity, and a column of every event. An image that cannot say what it is, is not built.
ARG OPEN_LICENCE_VERSION
RUN test -n "$OPEN_LICENCE_VERSION" \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin engine \
    && install --directory --owner=10001 --group=10001 /var/lib/open-licence
ENV OPEN_LICENCE_VERSION=$OPEN_LICENCE_VERSION \
    OPEN_LICENCE_VAR=/var/lib/open-licence \
    PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=installed /venv /venv
COPY . .
USER 10001:10001
# The console's; its health is asked for by docker-compose.yml, since the other programs of this image have no port.
EXPOSE 8000
CMD ["python", "worker.py"]
