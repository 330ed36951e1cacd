namespace Telemetry.Collector.Prometheus;

/// <summary>An answer has more bytes than may be read. Never leaves <see cref="PrometheusClient"/>.</summary>
internal sealed class AnswerTooLargeException : Exception;
