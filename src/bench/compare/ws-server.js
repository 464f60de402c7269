// The least that a room server on `ws` has to do: read JSON, keep rooms, send one ready-made message
// to each member. No tokens, no sessions, no compression.
'use strict';

const { WebSocketServer } = require('ws');

const rooms = new Map();

function enter(socket, room) {
  if (!rooms.has(room)) rooms.set(room, new Set());
  rooms.get(room).add(socket);
  socket.rooms.push(room);
}

function leave(socket) {
  for (const room of socket.rooms) {
    const members = rooms.get(room);
    members.delete(socket);
    if (members.size === 0) rooms.delete(room);
  }
}

function onMessage(socket, text) {
  const message = JSON.parse(text);
  switch (message.type) {
    case 'broadcast':
      for (const member of rooms.get(message.room) ?? []) member.send(text);
      break;
    case 'echo':
      socket.send(text);
      break;
    case 'join':
      enter(socket, message.room);
      socket.send('{"type":"joined"}');
      break;
  }
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4096, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.rooms = [];
  socket.on('message', (bytes) => onMessage(socket, bytes.toString()));
  socket.on('close', () => leave(socket));
  socket.on('error', () => socket.terminate());
});
server.on('listening', () => console.log(`listening ${server.address().port}`));
