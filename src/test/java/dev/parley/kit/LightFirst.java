package dev.parley.kit;

import java.util.Comparator;
import java.util.Set;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/// Begins with what takes no more than a thread, while the browser works beside it; servers,
/// clusters and other processes come after that.
public final class LightFirst implements ClassOrderer {
  private static final Set<String> HEAVY =
      Set.of("cluster", "crash", "faults", "flow", "rooms", "store.embedded", "store.redis");
  private static final String ROOT = "dev.parley.";

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing(LightFirst::isHeavy)
                .thenComparing(each -> each.getTestClass().getName()));
  }

  private static boolean isHeavy(ClassDescriptor each) {
    String name = each.getTestClass().getPackageName();
    return name.startsWith(ROOT) && HEAVY.contains(name.substring(ROOT.length()));
  }
}
