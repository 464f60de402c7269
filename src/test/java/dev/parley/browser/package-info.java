/// The page at `/` in a real browser.
///
/// - [Chromium]: a headless browser, spoken to over its DevTools protocol ([DevTools]); why not
///   with a library is in `docs/decisions/003-browser-tests.md`.
/// - [Tab]: one page; what it does wrong (errors, refused contents) is kept.
/// - [Visitor]: somebody on Parley's page.
/// - [ScriptedServer]: a server that misbehaves by plan, for the client `js/parley.js`.
///
/// All waiting is for a condition, with a deadline. Without Chromium these tests are skipped,
/// except where the environment says `CI=true`: there they fail.
@NullMarked
@CheckReturnValue
package dev.parley.browser;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
