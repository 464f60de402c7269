/// What every implementation of the store's ports must do. Of the log: [EventLogContract],
/// [KeysContract], [RefusalsContract], [PositionsContract] and [FeedContract]; of the records:
/// [RecordsContract]. An implementation extends them and brings a [StoreFixture].
@NullMarked
package dev.parley.store;

import org.jspecify.annotations.NullMarked;
