using System.Text.Json.Nodes;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>A good record of the topic wkf_cpu, to be damaged.</summary>
internal static class Charge
{
    public static JsonObject Good(int number) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = Guid.CreateVersion7().ToString(),
        ["source"] = "/scheduler",
        ["type"] = "wkf.cpu.charge",
        ["time"] = "2026-01-31T12:00:00.1234567Z",
        ["datacontenttype"] = "application/json",
        ["subject"] = $"task-{number}",
        ["partitionkey"] = "user-1",
        ["producer"] = "018f0000-0000-7000-8000-000000000000",
        ["sequence"] = $"{number:D20}",
        ["data"] = new JsonObject { ["user_id"] = "user-1", ["task_id"] = $"task-{number}", ["credits"] = 0.1, ["seconds"] = 1.5, ["units"] = 2 },
    };
}
