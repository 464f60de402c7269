# The server in production mode: docker build -t parley . && docker run -p 8000:8000 -v parley:/var/lib/parley \
#   -e JWT_SECRET_KEY_FILE=/run/secrets/key parley
# Each step is a script or command that works outside of a container too (docs/operations.md).

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
COPY webroot webroot
COPY conf conf
RUN mvn -q -Pquick -DskipTests package

# Starts the server once under a little load, so that the JVM need not learn the same again at every start.
FROM eclipse-temurin:25-jre AS train
WORKDIR /opt/parley
COPY --from=build /src/target/parley.jar ./
COPY conf conf
RUN sh conf/train.sh parley.jar parley.aot

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/parley --create-home parley
WORKDIR /opt/parley
COPY --from=train /opt/parley ./
ENV PARLEY_MODE=production \
    PARLEY_HTTP_HOST=0.0.0.0 \
    PARLEY_STORE_DIRECTORY=/var/lib/parley/data \
    PARLEY_LOG_FORMAT=json
USER parley
VOLUME /var/lib/parley
EXPOSE 8000
# The drain takes drain.delay and drain.window: give it time (docker stop -t 30).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["bash", "conf/health.sh"]
ENTRYPOINT ["sh", "conf/launch.sh"]
