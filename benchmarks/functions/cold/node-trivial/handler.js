// Sleeps as long as the event says, so that the replay of a trace can use it too.
exports.handle = async (event) => {
  if (event.sleepMillis) await new Promise((done) => setTimeout(done, event.sleepMillis));
  return { message: "Hello " + event.name, from: "nothing" };
};
