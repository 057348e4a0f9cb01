# The server in a distroless image: no shell, no package manager, not root.
#   docker build -t activation-service . && docker run --rm -p 8080:8080 activation-service

FROM swift:6.3.1-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /src

# The dependencies change seldom: they are fetched in a layer of their own, in the versions that were tested.
COPY Package.swift ./
RUN swift package resolve \
    && swift package resolve swift-argument-parser --version 1.8.2 \
    && swift package resolve swift-log --version 1.16.2

# The tests stay outside, but SwiftPM wants each target that the manifest names to have a file.
RUN sed -n 's/.*path: "\(Tests[^"]*\)".*/\1/p; s/.*name: "\([A-Za-z]*Tests\)".*/Tests\/\1/p' Package.swift > /tmp/folders \
    && while read -r folder; do mkdir -p "$folder" && touch "$folder/Empty.swift" || exit 1; done < /tmp/folders \
    && rm Tests/CCurl/Empty.swift && echo 'module CCurl {}' > Tests/CCurl/module.modulemap

COPY Sources ./Sources
RUN swift build -c release --static-swift-stdlib --product activation-server \
    && install -D --strip "$(swift build -c release --show-bin-path)/activation-server" /image/activation-server

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /image/activation-server /activation-server

# `--build-arg REVISION="$(git rev-parse HEAD)"` and so on: what the build context does not know.
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=""
LABEL org.opencontainers.image.title="activation-server" \
      org.opencontainers.image.description="Neural-network activation functions, derivatives and Jacobians over HTTP" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.base.name="gcr.io/distroless/cc-debian12:nonroot"

# By number, so that Kubernetes can see that it is not root.
USER 65532:65532
# Inside a container loopback would answer nobody.
ENV ACTIVATION_HOST=0.0.0.0
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/activation-server", "--healthcheck"]
ENTRYPOINT ["/activation-server"]
