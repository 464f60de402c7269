package dev.parley;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The package table of the design, held. A package may use itself, the two that everyone may use,
/// and what its row names; a package without a row here does not compile into the house. Packages
/// that do not exist yet are no error.
final class ArchitectureTest {
  private static final String ROOT = "dev.parley";

  /// What everyone may use.
  private static final Set<String> COMMON = Set.of("protocol", "observe");

  /// The domains: one thin verticle each around pure classes. They never know each other, the edge
  /// or a wire format.
  private static final List<String> DOMAINS =
      List.of(
          "rooms",
          "chat",
          "presence",
          "inbox",
          "sheets",
          "documents",
          "notifications",
          "jobs",
          "metrics",
          "operations",
          "ai",
          "files",
          "search");

  private static final Set<String> DOMAINS_MAY_USE =
      Set.of("bus", "config", "store", "feed", "cluster");

  /// Who may use whom. The ports of `store` are its own classes; its implementations are packages
  /// beneath it and are named apart.
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static final JavaClasses PARLEY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static Map<String, Set<String>> mayUse() {
    var table = new TreeMap<String, Set<String>>();
    table.put("protocol", Set.of());
    table.put("observe", Set.of());
    table.put("config", Set.of());
    table.put("bus", Set.of());
    table.put("dialect", Set.of());
    table.put("auth", Set.of("config"));
    table.put("store", Set.of("config"));
    table.put("store.embedded", Set.of("config", "store"));
    table.put("store.redis", Set.of("config", "store"));
    table.put("cluster", Set.of("bus", "config"));
    table.put("feed", Set.of("bus", "store", "cluster"));
    table.put("gateway", Set.of("bus", "dialect", "auth", "feed", "cluster", "config"));
    DOMAINS.forEach(domain -> table.put(domain, DOMAINS_MAY_USE));
    table.put("revocations", Set.of("bus", "config", "store", "feed", "cluster", "auth"));
    table.put("rest", Set.of("bus", "auth", "config", "store"));
    table.put("api", Set.of("bus"));
    return table;
  }

  @Test
  void everyPackageUsesOnlyWhatItsRowNames() {
    MAY_USE.forEach(
        (room, others) ->
            classes()
                .that(liveIn(room))
                .should()
                .onlyDependOnClassesThat(areOutsideOrIn(room, others))
                .as(room + " uses only " + new TreeSet<>(others) + ", protocol and observe")
                .allowEmptyShould(true)
                .check(PARLEY));
  }

  @Test
  void everyPackageHasARow() {
    var strangers =
        PARLEY.stream()
            .map(ArchitectureTest::roomOf)
            .filter(room -> !MAY_USE.containsKey(room))
            .filter(room -> !room.isEmpty() && !room.equals("cli") && !room.startsWith("cli."))
            .collect(joining(", "));
    assertThat(strangers).as("packages that the table does not name").isEmpty();
  }

  @Test
  void onlyTheRootUsesTheCommandLine() {
    classes()
        .that(liveIn("cli"))
        .should()
        .onlyBeAccessed()
        .byAnyPackage(ROOT, ROOT + ".cli..")
        .allowEmptyShould(true)
        .check(PARLEY);
  }

  @Test
  void restUsesNoPortOfTheStoreButBlobs() {
    classes()
        .that(liveIn("rest"))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are no store port but Blobs",
                candidate ->
                    !roomOf(candidate).equals("store")
                        || candidate.getSimpleName().startsWith("Blob")))
        .allowEmptyShould(true)
        .check(PARLEY);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(PARLEY);
  }

  @Test
  void onlyTheClusterKnowsHazelcast() {
    onlyIn("cluster", "com.hazelcast..");
  }

  @Test
  void onlyTheMessageBusTouchesTheEventBus() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".bus.MessageBus")
        .should()
        .callMethodWhere(target(owner(type(Vertx.class))).and(target(name("eventBus"))))
        .check(PARLEY);
  }

  @Test
  void onlyTheConfigurationReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".config..", ROOT + ".cli..")
        .should()
        .callMethodWhere(target(owner(type(System.class))).and(target(name("getenv"))))
        .allowEmptyShould(true)
        .check(PARLEY);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        PARLEY.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(room -> room.getName())
            .collect(joining(", "));
    assertThat(unmarked).as("packages without @NullMarked in package-info.java").isEmpty();
  }

  private static void onlyIn(String room, String... packages) {
    classes()
        .that()
        .resideOutsideOfPackage(ROOT + "." + room + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(packages)
        .check(PARLEY);
  }

  private static DescribedPredicate<JavaClass> liveIn(String room) {
    return DescribedPredicate.describe("live in " + room, type -> roomOf(type).equals(room));
  }

  private static DescribedPredicate<JavaClass> areOutsideOrIn(String room, Set<String> others) {
    return DescribedPredicate.describe(
        "are outside Parley or in an allowed package",
        type ->
            !isOurs(type)
                || roomOf(type).equals(room)
                || COMMON.contains(roomOf(type))
                || others.contains(roomOf(type)));
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
  }

  /// The row a class belongs to: its package's longest beginning that the table names, so that a
  /// room may have packages of its own beneath it (`gateway.lean` belongs to `gateway`).
  private static String roomOf(JavaClass type) {
    if (!isOurs(type)) {
      return type.getPackageName();
    }
    var name = type.getPackageName();
    var path = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    return Stream.iterate(path, p -> !p.isEmpty(), ArchitectureTest::parent)
        .filter(MAY_USE::containsKey)
        .findFirst()
        .orElse(path);
  }

  private static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }
}
