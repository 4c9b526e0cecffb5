const { write } = require('./stream.js');

exports.handler = awslambda.streamifyResponse((event, out) => write(out, JSON.parse(event.body)));
