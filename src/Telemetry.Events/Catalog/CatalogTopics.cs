using Telemetry.Events;

// The topics of the systems whose events are in this catalog.
[assembly: TelemetryTopic("xumi_load")]
[assembly: TelemetryTopic("xumi_task")]
[assembly: TelemetryTopic("pbac_access")]
[assembly: TelemetryTopic("pbac_politics")]
[assembly: TelemetryTopic("pbac_service")]
[assembly: TelemetryTopic("asset_access")]
[assembly: TelemetryTopic("asset_transfer")]
[assembly: TelemetryTopic("wkf_cpu")]
[assembly: TelemetryTopic("wkf_gpu")]
[assembly: TelemetryTopic("kuber_cpu")]
[assembly: TelemetryTopic("kuber_gpu")]
[assembly: TelemetryTopic("mcp")]
[assembly: TelemetryTopic("quota_limit")]
[assembly: TelemetryTopic("telemetry_producer")]
