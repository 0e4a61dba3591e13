# One image for every process of the exchange; docker-compose.yml says which one a container is.
FROM node:24-bookworm-slim AS build
WORKDIR /accord
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run web && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /accord
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=build /accord ./
USER node
CMD ["npm", "run", "start:gateway"]
