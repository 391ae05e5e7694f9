/** Loaded into every gateway that is measured: tells the processor time of its process when it is asked. */
process.on("message", () => process.send?.({ cpuUsage: process.cpuUsage() }));
process.channel?.unref();
