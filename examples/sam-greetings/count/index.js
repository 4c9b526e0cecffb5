exports.handler = async (event) => ({ words: String(event.text ?? '').split(/\s+/).filter(Boolean).length });
