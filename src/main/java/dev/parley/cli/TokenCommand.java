package dev.parley.cli;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenIssuer.Grant;
import dev.parley.config.AuthConfig;
import dev.parley.config.Config;
import dev.parley.config.ConfigResult.Loaded;
import dev.parley.config.ConfigResult.Refused;
import dev.parley.config.Units;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// `parley token`: signs a token with the key that the server is given, or with the one that a
/// running server in development mode made up.
record TokenCommand(Terminal terminal, InstantSource clock) implements Command {
  private static final Set<String> OPTIONS = Set.of("user", "name", "role", "room", "expires");

  @Override
  public String name() {
    return "token";
  }

  @Override
  public String summary() {
    return "print a token for a user";
  }

  @Override
  public String options() {
    return """
    --user U               whom it is for
    --name N               how they are called; their id if not given
    --role R               a role; as often as needed
    --room R               a room, or a pattern of rooms, granted; as often as needed
    --expires 1h           how long it is valid
    """;
  }

  @Override
  public int run(List<String> arguments) {
    var options = Options.split(arguments, OPTIONS);
    var grant = grant(options);
    return switch (terminal.load(options.rest())) {
      case Refused(var line) -> terminal.refuse(line);
      case Loaded loaded when loaded.keyIsMadeUp() -> signAsServer(loaded.config(), grant);
      case Loaded loaded -> sign(loaded.config().auth(), grant);
    };
  }

  private static Grant grant(Options options) {
    return new Grant(
        user(options),
        options.one("name"),
        options.all("role"),
        options.all("room"),
        lifetime(options));
  }

  private static UserId user(Options options) {
    var text = options.one("user").orElseThrow(() -> new UsageException("--user is missing"));
    return UserId.parse(text)
        .orElseThrow(
            () -> new UsageException("--user must be 1 to 128 of letters, digits and ._-@:|+"));
  }

  private static Duration lifetime(Options options) {
    return Units.duration(options.one("expires").orElse("1h"))
        .filter(Duration::isPositive)
        .orElseThrow(() -> new UsageException("--expires must be such as 90s, 1h or 7d"));
  }

  private int signAsServer(Config config, Grant grant) {
    var key = DevelopmentKey.of(config);
    var auth = config.auth();
    return key.read()
        .map(secret -> sign(auth.withSecret(secret), grant))
        .orElseGet(
            () ->
                terminal.fail(
                    "no key: set JWT_SECRET_KEY as for the server, or start one in development"
                        + " mode, which leaves its key in "
                        + key.file()));
  }

  private int sign(AuthConfig auth, Grant grant) {
    return TokenIssuer.of(auth, clock)
        .map(issuer -> print(issuer.issue(grant)))
        .orElseGet(
            () -> terminal.fail("tokens are signed elsewhere: only a public key is configured"));
  }

  private int print(String token) {
    terminal.out().println(token);
    return ExitCode.OK;
  }
}
