using Telemetry.Cli.Commands;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>From the examination to the report and the exit code.</summary>
internal static class DoctorRun
{
    public static async Task<int> RunAsync(
        ServiceExamination examination, Secrets secrets, IReport report, TextWriter errors, CancellationToken cancellationToken)
    {
        var failed = false;
        await foreach (var section in examination.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            failed |= section.Findings.Any(finding => finding.Status == PreflightStatus.Failed);
            report.Add(section with { Findings = [.. section.Findings.Select(finding => Mask(finding, secrets))] });
        }

        report.End();
        if (!cancellationToken.IsCancellationRequested)
            return failed ? ExitCode.Different : ExitCode.Success;
        errors.WriteLine("Interrupted: not all checks were made.");
        return ExitCode.Interrupted;
    }

    private static PreflightFinding Mask(PreflightFinding finding, Secrets secrets) => finding with
    {
        Check = secrets.Mask(finding.Check),
        Detail = secrets.Mask(finding.Detail),
        Advice = finding.Advice is { } advice ? secrets.Mask(advice) : null,
    };
}
