[assembly: Telemetry.Events.TelemetryTopic("smoke")]
