package dev.parley.config;

import java.util.List;

/// Administration.
///
/// @param allowedIps addresses (CIDR) that may use admin REST and the console; none: every one
public record AdminConfig(@Setting("") List<Cidr> allowedIps) {
  public AdminConfig {
    allowedIps = List.copyOf(allowedIps);
  }
}
