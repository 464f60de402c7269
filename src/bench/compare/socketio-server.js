// The least that a room server on Socket.IO has to do, with what it brings: rooms and broadcasts are
// its own. No tokens, no compression, WebSocket only.
'use strict';

const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });

io.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room);
    done();
  });
  socket.on('broadcast', (message) => io.to(message.room).emit('msg', message));
  socket.on('echo', (message) => socket.emit('echo', message));
});

http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => console.log(`listening ${http.address().port}`));
