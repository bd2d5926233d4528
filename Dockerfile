# One image for both roles: without an argument it runs both, with `server` or `worker` one of them.
FROM node:24-slim

ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000
WORKDIR /opt/github-bot

# First what rarely changes, so that a change of the program does not install everything again.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev \
 && npm cache clean --force \
 && mkdir data logs \
 && chown 1000:1000 data logs

COPY config config
COPY scripts scripts
COPY app app

# The program is root's and not to be changed by itself; only the two folders are its own.
USER 1000:1000
VOLUME ["/opt/github-bot/data", "/opt/github-bot/logs"]
EXPOSE 8000
STOPSIGNAL SIGTERM
# The worker listens on nothing: run it with --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "app/main.ts"]
CMD ["both"]
