package dev.parley.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component of a section as one key, and gives it its default.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /// The default, written as in the file. Empty: none, or an empty list.
  String value();

  /// The default in production, where it differs.
  String production() default SAME;

  /// Environment names that older deployments set for this key; the first one that is set counts.
  String[] older() default {};

  String SAME = "=";
}
