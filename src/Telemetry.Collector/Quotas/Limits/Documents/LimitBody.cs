using System.Text.Json;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>What a JSON reader's complaint says to a person.</summary>
internal static class LimitBody
{
    public static string Detail(JsonException exception) => exception.Message.Split(" Path: ")[0].TrimEnd('.');
}
