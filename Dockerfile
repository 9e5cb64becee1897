# site-gen for machines without Python: builds or serves the digest that is mounted at /site.
# docs/hosting.md, "In a container", says how.
FROM python:3.13-slim AS made
WORKDIR /src
COPY requirements/run.txt requirements/
RUN python -m venv /opt/site-gen \
 && /opt/site-gen/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY site_gen site_gen
COPY themes themes
COPY docs/settings.md docs/front-matter.md docs/site-gen.1 docs/
RUN /opt/site-gen/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/site-gen/bin/pip uninstall --yes hatchling editables \
 && /opt/site-gen/bin/python -m compileall -q /opt/site-gen/lib

FROM python:3.13-slim
COPY --from=made /opt/site-gen /opt/site-gen
# The key of the memory lies beside the site, not in it: a volume keeps it, whoever runs.
RUN useradd --uid 1000 --create-home site && install -d -m 1777 /data
ENV PATH=/opt/site-gen/bin:$PATH XDG_DATA_HOME=/data HOME=/home/site
VOLUME /data
WORKDIR /site
USER 1000
EXPOSE 8000
ENTRYPOINT ["site-gen"]
CMD ["build"]
