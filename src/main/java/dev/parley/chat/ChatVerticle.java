package dev.parley.chat;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.MisdirectedException;
import dev.parley.config.ChatConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.PageMessages;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.ReadHistory;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.store.Marks;
import dev.parley.store.Participations;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Serves the chat of the rooms of one shard. All of it runs on one event loop.
public final class ChatVerticle extends VerticleBase {
  private final int shard;
  private final MessageBus bus;
  private final ChatRooms rooms;
  private final InstantSource clock;
  private final Duration interval;
  private final ReadNews readNews;
  private final OwnMarks ownMarks;
  private final Poster poster;
  private final MessageReviser reviser;
  private final EditHistory edits;
  private final ReadMarks readMarks;
  private final History history;
  private final Pages pages;
  private boolean newsAwaited;

  public ChatVerticle(
      int shard,
      MessageBus bus,
      Store store,
      ChatConfig config,
      ChatRooms rooms,
      InstantSource clock) {
    this.shard = shard;
    this.bus = bus;
    this.rooms = rooms;
    this.clock = clock;
    this.interval = config.readBatchInterval();
    var messages = new Messages(store.log());
    var marks = new Marks(store.records());
    var reports = new DeliveryReports(new Participations(store.records()), bus, clock);
    this.readNews = new ReadNews(bus, config.readBatchAbove(), rooms::members);
    this.ownMarks =
        new OwnMarks(
            marks, interval, (pause, task) -> vertx.setTimer(pause.toMillis(), _ -> task.run()));
    this.poster = new Poster(store.log(), messages, bus, ownMarks, reports, clock);
    this.reviser = new MessageReviser(store.log(), messages, bus);
    this.edits = new EditHistory(store.records());
    this.readMarks = new ReadMarks(store.log(), marks, readNews, clock);
    this.history = new History(store.log(), config.historyPage());
    this.pages = new Pages(store.log(), config.historyPage());
  }

  @Override
  public Future<?> start() {
    return bus.serve(Addresses.chat(shard), ChatCommand.class, this::ensureTalk).completion();
  }

  /// Stores what was put off.
  @Override
  public Future<?> stop() {
    return ownMarks.storeAll().otherwiseEmpty();
  }

  private Future<Outcome> ensureTalk(Caller caller, ChatCommand command) {
    return rooms.takesChat(command.room())
        ? serve(caller, command).onComplete(_ -> awaitNews())
        : Future.succeededFuture(Rejection.invalid("room", "This room takes no chat"));
  }

  private Future<Outcome> serve(Caller caller, ChatCommand command) {
    return switch (command) {
      case SendMessage send -> poster.post(caller, send);
      case EditMessage edit -> edit(caller, edit);
      case DeleteMessage(var room, var message) ->
          reviser.revise(room, message, found -> delete(caller, found));
      case React(var room, var message, var emoji, var added) ->
          reviser.revise(
              room,
              message,
              found -> Future.succeededFuture(Reactions.react(found, caller, emoji, added, now())));
      case MarkRead mark -> readMarks.mark(caller, mark);
      case ReadHistory read -> history.read(read);
      case PageMessages page -> pages.read(page);
      case SetTyping typing -> throw new MisdirectedException(typing);
    };
  }

  private Future<Outcome> edit(Caller caller, EditMessage command) {
    return reviser.revise(
        command.room(),
        command.message(),
        found ->
            countEdits(found)
                .map(count -> MessageChanges.edit(found, caller, command.content(), count, now())));
  }

  /// Looks only where there may be too many: every edit is a revision.
  private Future<Integer> countEdits(Found found) {
    return found.revision() < EditHistory.MAX_EDITS
        ? Future.succeededFuture(found.revision())
        : edits.of(found.message().room(), found.message().messageId()).map(list -> list.size());
  }

  private Future<Change> delete(Caller caller, Found found) {
    return edits
        .of(found.message().room(), found.message().messageId())
        .map(past -> MessageChanges.delete(found, caller, past, now()));
  }

  /// They wait for the next interval, which begins with the first of them.
  private void awaitNews() {
    if (!newsAwaited && !readNews.isEmpty()) {
      newsAwaited = true;
      vertx.setTimer(interval.toMillis(), _ -> tellNews());
    }
  }

  private void tellNews() {
    newsAwaited = false;
    readNews.tellBatch();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
