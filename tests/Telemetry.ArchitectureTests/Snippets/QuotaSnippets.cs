using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Events.Testing;
using Telemetry.Quota.Client;

namespace Telemetry.ArchitectureTests.Snippets;

internal static class QuotaSnippets
{
    public static void Registration(HostApplicationBuilder builder)
    {
        builder.Services.AddTelemetryQuota(quota => quota.FailureMode = QuotaFailureMode.FailClosed);
    }

    public static async Task<string?> ReserveAsync(IQuota quota, string user, string task, Func<string, Task> RunAsync, decimal actual)
    {
        var reservation = await quota.TryReserveAsync(user, "gpu", 40m, task, TimeSpan.FromMinutes(10));
        if (!reservation.MayProceed)
            return reservation.Reason;

        await using var lease = reservation.Lease;
        await RunAsync(task);
        await lease.SettleAsync(actual);
        return null;
    }

    public static async Task TestAsync()
    {
        var quota = new InMemoryQuota().SetLimit("ann", "gpu", 100m).Use("ann", "gpu", 70m);
        var service = new TrainingService(quota);

        await service.TrainAsync("ann", "train-8", credits: 20m);

        quota.ShouldHaveSettled("train-8", actual: 18m);
        quota.ShouldHoldNothing();
    }
}

/// <summary>The reader's own.</summary>
internal sealed class TrainingService(IQuota quota)
{
    public async Task TrainAsync(string user, string task, decimal credits)
    {
        var reservation = await quota.TryReserveAsync(user, "gpu", credits, task, TimeSpan.FromMinutes(10));
        if (!reservation.MayProceed)
            return;
        await using var lease = reservation.Lease;
        await lease.SettleAsync(credits * 0.9m);
    }
}
