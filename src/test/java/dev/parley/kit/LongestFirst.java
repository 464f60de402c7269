package dev.parley.kit;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/// Begins with what takes longest and cannot be shared out: the browser, servers in processes of
/// their own, clusters. The others fill the gaps.
public final class LongestFirst implements ClassOrderer {
  private static final List<String> LONG =
      List.of("browser", "crash", "cluster", "store.embedded", "feed", "store.redis", "flow");
  private static final String ROOT = "dev.parley.";

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparingInt(LongestFirst::rank)
                .thenComparing(each -> each.getTestClass().getName()));
  }

  private static int rank(ClassDescriptor each) {
    String name = each.getTestClass().getPackageName();
    int rank = name.startsWith(ROOT) ? LONG.indexOf(name.substring(ROOT.length())) : -1;
    return rank < 0 ? LONG.size() : rank;
  }
}
