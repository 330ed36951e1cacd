using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>Makes one transport and asks it. Always ends: at the deadline with what is known by then.</summary>
internal static class TransportExamination
{
    // A client that does not end is left to the end of the process.
    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<PreflightFinding>> RunAsync(
        Func<ServiceProvider> build, PreflightRequest request, TimeSpan timeout, CancellationToken deadline, CancellationToken interrupted)
    {
        var findings = new List<PreflightFinding>();
        var services = build();
        try
        {
            foreach (var transport in services.GetServices<IEventTransport>())
                await AskAsync(transport, request, findings, deadline).ConfigureAwait(false);
        }
        catch (OptionsValidationException exception)
        {
            findings.AddRange(exception.Failures.Select(failure => new PreflightFinding(PreflightStatus.Failed, "options", failure)));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // Said below.
        }
#pragma warning disable CA1031 // Whatever a transport throws is a finding: the other transports are still to be looked at.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            findings.Add(new(PreflightStatus.Failed, "preflight", $"The check itself failed by {exception.GetType().Name}: {exception.Message}"));
        }

        if (deadline.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            findings.Add(new(
                PreflightStatus.Failed,
                "time-out",
                $"The checks did not end within {timeout.TotalSeconds:0.#} s; those that are missing were not made.",
                "See whether the address answers at all; give a slow one more time by --timeout."));
        }

        await DisposeAsync(services).ConfigureAwait(false);
        return findings;
    }

    private static async Task AskAsync(
        IEventTransport transport, PreflightRequest request, List<PreflightFinding> findings, CancellationToken deadline)
    {
        if (transport is not ITransportPreflight preflight)
        {
            findings.Add(new(PreflightStatus.NotChecked, "preflight", $"Transport {transport.Name} cannot be asked."));
            return;
        }

        var checks = preflight.CheckAsync(request, deadline).GetAsyncEnumerator(deadline);
        // WaitAsync: a check that does not look at its token must not hold the tool up either. Its enumerator cannot be disposed
        // while it runs; it ends with the process.
        while (await checks.MoveNextAsync().AsTask().WaitAsync(deadline).ConfigureAwait(false))
            findings.Add(checks.Current);
        await checks.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task DisposeAsync(ServiceProvider services)
    {
        try
        {
            await Task.Run(() => services.DisposeAsync().AsTask()).WaitAsync(DisposeTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The findings are what was asked for.
        }
    }
}
