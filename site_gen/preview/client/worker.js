// One event stream for all tabs of a browser: browsers allow six connections to a host, and a
// seventh tab with a stream of its own would hang.

const ports = new Set();
let last = null;

function listen() {
  const source = new EventSource("/.site_gen/events");
  source.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    last = { ...last, ...event, hello: true, all: false, changed: [], removed: [] };
    for (const port of ports) port.postMessage(event);
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = () => ports.delete(port); // a page says only that it goes
  if (last) port.postMessage(last);
};

listen();
