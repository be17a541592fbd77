# The sync agent, `m3ter-bills start`. How to run it: docs/operator.md
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY agent/package.json agent/
COPY sandbox/package.json sandbox/
# What the agent needs to run, and nothing to build, test or play with.
RUN npm ci --workspace agent --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production \
    STORE_URL=pglite:///data \
    HTTP_HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY agent agent
# The account filter's language, one file for agent and components.
COPY force-app/main/default/lwc/accountFilter force-app/main/default/lwc/accountFilter
RUN ln -s /app/agent/bin/m3ter-bills.mjs /usr/local/bin/m3ter-bills \
 && install -d -m 0700 -o node -g node /data
USER node
VOLUME /data
EXPOSE 4690
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 4690}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that it gets the signal to stop.
ENTRYPOINT ["node", "/app/agent/bin/m3ter-bills.mjs"]
CMD ["start"]
