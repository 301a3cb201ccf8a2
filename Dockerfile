# The program, the root certificates and the texts of the licences, nothing else: no shell, no package manager, no libc.
FROM rust:1.95-bookworm AS build
# Debian keeps one version of a package and forgets the one before, so none can be named
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends musl-tools && rustup target add x86_64-unknown-linux-musl
WORKDIR /src
COPY . .
# the same sources give the same bytes wherever they lie
ENV RUSTFLAGS="--remap-path-prefix=/src=. --remap-path-prefix=/usr/local/cargo=cargo" SOURCE_DATE_EPOCH=0
RUN cargo build --release --locked --target x86_64-unknown-linux-musl && tests/licences >/licences.txt

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /licences.txt /licences.txt
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/sprechzimmer /sprechzimmer
USER 65532:65532
EXPOSE 8080/tcp 3478/udp
ENTRYPOINT ["/sprechzimmer"]
CMD ["serve", "--config", "/etc/sprechzimmer/sprechzimmer.toml"]
