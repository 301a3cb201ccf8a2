# The program and the root certificates, nothing else: no shell, no package manager, no libc.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends musl-tools && rustup target add x86_64-unknown-linux-musl
WORKDIR /src
COPY . .
# the same sources give the same bytes wherever they lie
ENV RUSTFLAGS="--remap-path-prefix=/src=. --remap-path-prefix=/usr/local/cargo=cargo" SOURCE_DATE_EPOCH=0
RUN cargo build --release --locked --target x86_64-unknown-linux-musl

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/sprechzimmer /sprechzimmer
USER 65532:65532
EXPOSE 8080/tcp 3478/udp
ENTRYPOINT ["/sprechzimmer"]
CMD ["serve", "--config", "/etc/sprechzimmer/sprechzimmer.toml"]
