using System.Text.Json.Nodes;
using Telemetry.Cli.Export;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>One JSON object at the end.</summary>
internal sealed class JsonReport(TextWriter output) : IReport
{
    private readonly JsonArray _findings = [];
    private readonly Dictionary<PreflightStatus, int> _counts = [];

    public void Add(Section section)
    {
        foreach (var finding in section.Findings)
        {
            _counts[finding.Status] = _counts.GetValueOrDefault(finding.Status) + 1;
            var entry = new JsonObject
            {
                ["section"] = section.Name,
                ["status"] = finding.Status.ToWord(),
                ["check"] = finding.Check,
                ["detail"] = finding.Detail,
            };
            entry.AddText("advice", finding.Advice);
            _findings.Add(entry);
        }
    }

    public void End() => output.Write(JsonFile.Text(new JsonObject
    {
        ["findings"] = _findings,
        ["summary"] = new JsonObject(Enum.GetValues<PreflightStatus>().Select(
            status => KeyValuePair.Create<string, JsonNode?>(status.ToWord(), _counts.GetValueOrDefault(status)))),
    }));
}
