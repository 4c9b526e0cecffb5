// The Go handler's twin, for platforms that cannot run a compiled one.
exports.handle = async (event) => ({ message: "Hello " + event.name });
