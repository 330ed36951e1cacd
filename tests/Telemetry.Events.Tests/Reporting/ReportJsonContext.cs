using System.Text.Json;
using System.Text.Json.Serialization;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Tests.Reporting;

/// <summary>Reads reports as a consumer would.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TelemetryProducerReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    public static TelemetryProducerReport Read(ReceivedEvent received) => received.Envelope.Data.Deserialize(Default.TelemetryProducerReport);
}
