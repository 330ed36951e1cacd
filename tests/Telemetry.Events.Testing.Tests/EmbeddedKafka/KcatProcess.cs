using System.ComponentModel;
using System.Diagnostics;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

/// <summary>Runs kcat: a Kafka client in another process, with a librdkafka of its own.</summary>
internal static class KcatProcess
{
    /// <returns>What kcat wrote to its standard output.</returns>
    internal static async Task<string> RunAsync(string input, params string[] arguments)
    {
        using var kcat = Start(arguments);
        using var deadline = new CancellationTokenSource(KafkaClients.Deadline);
        try
        {
            var output = kcat.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = kcat.StandardError.ReadToEndAsync(deadline.Token);
            await kcat.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
            kcat.StandardInput.Close();
            await kcat.WaitForExitAsync(deadline.Token);
            Assert.True(kcat.ExitCode == 0, $"kcat ended with {kcat.ExitCode}: {await errors}");
            return await output;
        }
        finally
        {
            if (!kcat.HasExited)
                kcat.Kill();
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("kcat", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception error)
        {
            Assert.Fail($"This test needs kcat on the PATH (Debian: apt-get install kcat). {error.Message}");
            throw;
        }
    }
}
