using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>The words of the report. Scripts read them: they are a contract.</summary>
internal static class PreflightStatusWords
{
    public static string ToWord(this PreflightStatus status) => status switch
    {
        PreflightStatus.Ok => "ok",
        PreflightStatus.Warning => "warn",
        PreflightStatus.Failed => "fail",
        _ => "skipped",
    };
}
