package dev.parley.auth.limits;

import dev.parley.auth.address.IpAddress;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import java.util.Optional;

/// How many frames the users of one dialect may send. Cheap enough to ask for every frame.
public final class FrameLimits {
  private final Optional<RateLimiter<IpAddress>> ofAddress;
  private final RateLimiter<UserId> ofUser;
  private final Optional<RateLimiter<UserId>> ofChat;

  FrameLimits(
      Optional<RateLimiter<IpAddress>> ofAddress,
      RateLimiter<UserId> ofUser,
      Optional<RateLimiter<UserId>> ofChat) {
    this.ofAddress = ofAddress;
    this.ofUser = ofUser;
    this.ofChat = ofChat;
  }

  /// Counts a frame, or says why not; a refused frame counts nowhere. Not to be asked about `ping`,
  /// `pong`, `auth` and ephemeral input, which do not count.
  ///
  /// @param chat whether the frame is a chat message
  public Optional<Rejection> admit(UserId user, IpAddress address, boolean chat, long nowNanos) {
    var refused = ofUser.admit(user, nowNanos);
    if (refused.isPresent()) {
      return refused;
    }
    refused =
        ofAddress.isPresent() ? ofAddress.get().admit(address.subscriber(), nowNanos) : refused;
    if (refused.isPresent()) {
      ofUser.giveBack(user);
      return refused;
    }
    refused = chat && ofChat.isPresent() ? ofChat.get().admit(user, nowNanos) : refused;
    if (refused.isPresent()) {
      ofUser.giveBack(user);
      ofAddress.ifPresent(limiter -> limiter.giveBack(address.subscriber()));
    }
    return refused;
  }

  void sweep(long nowNanos) {
    ofUser.sweep(nowNanos);
    ofChat.ifPresent(limiter -> limiter.sweep(nowNanos));
  }
}
