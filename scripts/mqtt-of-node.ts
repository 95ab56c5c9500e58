import type { Plugin } from "esbuild";

/** What MQTT.js and its parser load for browsers, proxies and old versions of Node. */
const ways = /^(\.\/(ws|wx|ali|socks)|worker-timers)$/;
const fromMqtt = /node_modules[\\/](mqtt|mqtt-packet|bl)[\\/]/;

/**
 * Leaves the part of MQTT.js in a bundle that a device can use: it connects by `mqtt://` and `mqtts://` alone. The rest,
 * which Node would load at each start, takes a megabyte of memory. Where the environment names a proxy
 * (`MQTTJS_SOCKS_PROXY`), connecting throws: it does not go past the proxy.
 */
export const mqttOfNode: Plugin = {
  name: "mqtt-of-node",
  setup(bundler) {
    // A copy of Node's own streams for browsers.
    bundler.onResolve({ filter: /^readable-stream$/ }, ({ importer }) =>
      fromMqtt.test(importer) ? { path: "node:stream", external: true } : null,
    );
    bundler.onResolve({ filter: ways }, ({ path, importer }) =>
      fromMqtt.test(importer) ? { path, namespace: "mqtt-of-node" } : null,
    );
    bundler.onLoad({ filter: /.*/, namespace: "mqtt-of-node" }, ({ path }) => ({
      contents: `exports.__esModule = true;
exports.default = () => { throw new Error("this program has no ${path.replace("./", "")} for MQTT"); };`,
      loader: "js",
    }));
  },
};
