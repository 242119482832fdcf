# syntax=docker/dockerfile:1
# Three stages: npm packages, Python packages and static files, the portal. Runs as a user without rights.

FROM node:22.21-bookworm-slim AS npm
WORKDIR /portal
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13.9-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /portal
RUN python -m venv /venv
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext=0.21* \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/base.txt requirements/
RUN /venv/bin/pip install --require-hashes --no-deps -r requirements/base.txt
COPY manage.py ./
COPY partnership/ partnership/
COPY consultations/ consultations/
COPY forums/ forums/
COPY assetmarking/ assetmarking/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
COPY --from=npm /portal/node_modules/ node_modules/
# the values below only let settings load; nothing of them stays in the image
RUN export DEMO=1 SECRET_KEY=only-for-collecting-static-files-0123456789abcdefghij \
       DATABASE_URL=postgres://nobody@127.0.0.1:5432/nothing \
    && /venv/bin/python manage.py compilemessages -v 0 \
    && /venv/bin/python manage.py collectstatic --no-input -v 0 \
    && rm -rf node_modules

FROM python:3.13.9-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/venv/bin:$PATH
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libharfbuzz-subset0=6.0.0* libpango-1.0-0=1.50.12* libpangoft2-1.0-0=1.50.12* \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install --directory --owner=10001 --mode=0750 /var/lib/portal/loeschliste
WORKDIR /portal
COPY --from=build /venv/ /venv/
COPY --from=build /portal/ ./
USER 10001
EXPOSE 8000
CMD ["gunicorn", "-c", "python:partnership.gunicorn", "--bind", "0.0.0.0:8000", "partnership.wsgi:application"]
