using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>A line for each finding, and below it what to change; each section as soon as it is known.</summary>
internal sealed class TextReport(TextWriter output) : IReport
{
    private readonly Dictionary<PreflightStatus, int> _counts = [];

    public void Add(Section section)
    {
        output.WriteLine(section.Name);
        foreach (var finding in section.Findings)
        {
            _counts[finding.Status] = _counts.GetValueOrDefault(finding.Status) + 1;
            output.WriteLine($"  {finding.Status.ToWord(),-8} {finding.Check}: {finding.Detail}");
            if (finding.Advice is not null)
                output.WriteLine($"           -> {finding.Advice}");
        }

        output.WriteLine();
        output.Flush();
    }

    public void End() => output.WriteLine(string.Join(
        ", ", Enum.GetValues<PreflightStatus>().Select(status => $"{_counts.GetValueOrDefault(status)} {status.ToWord()}")));
}
