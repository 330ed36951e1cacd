using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Telemetry.QuotaLoad.Http;

/// <summary>Runs <c>wrk</c> (Debian's package of that name).</summary>
internal static partial class Wrk
{
    private const int Threads = 2;

    /// <exception cref="InvalidOperationException">It is not there, or a reply was no success.</exception>
    public static async Task<WrkResult> RunAsync(WrkTarget target, int seconds, int connections)
    {
        var script = Path.Combine(Path.GetTempPath(), $"quota-load-{Environment.ProcessId}.lua");
        await File.WriteAllTextAsync(script, target.Body is null
            ? ""
            : $"wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [[{target.Body}]]\n");
        try
        {
            var start = new ProcessStartInfo("wrk", [$"-t{Threads}", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, target.Url])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0 || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
                throw new InvalidOperationException($"wrk of {target.Name}: {output} {await process.StandardError.ReadToEndAsync()}");
            return new WrkResult(
                double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), Latency(output, "50"), Latency(output, "99"));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static double Latency(string output, string percent)
    {
        var match = Regex.Match(output, $@"^\s*{percent}%\s+([0-9.]+)(us|ms|s)\s*$", RegexOptions.Multiline);
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "us" => value / 1000,
            "s" => value * 1000,
            _ => value,
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
