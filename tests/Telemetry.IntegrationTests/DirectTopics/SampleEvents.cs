using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>Events of all nine direct topics: of twenty, five are of the audit topics and fifteen are credits.</summary>
internal static class SampleEvents
{
    public static async Task PublishAsync(IEventPublisher publisher, int number)
    {
        var (user, task) = ($"user-{number % 1000}", $"task-{number}");
        var result = (number % 20) switch
        {
            0 => await publisher.PublishAsync(new PbacAccessCheckAllow(user, "read", $"res-{number % 100}", "policy-1", "owner")),
            1 => await publisher.PublishAsync(new PbacPolicyChangeUpdate(user, $"policy-{number % 50}", "2", "+rule")),
            2 => await publisher.PublishAsync(new PbacServiceLoad($"pbac-{number % 3}", "1.2", "started")),
            3 => await publisher.PublishAsync(new AssetAccessCheckDeny(user, $"asset-{number % 100}", "write", "not the owner")),
            4 => await publisher.PublishAsync(new AssetTransferUploadFinish(user, $"asset-{number % 100}", number, "succeeded")),
            < 9 => await publisher.PublishAsync(new WkfCpuCharge(user, task, 0.1m, 1.5, 2)),
            < 13 => await publisher.PublishAsync(new WkfGpuCharge(user, task, 0.3m, 1.5, 1)),
            < 17 => await publisher.PublishAsync(new KuberCpuCharge(user, task, "node-1", 0.2m, 2.5, 4)),
            _ => await publisher.PublishAsync(new KuberGpuCharge(user, task, "node-2", 0.7m, 2.5, 1)),
        };
        Assert.True(result.IsAccepted, result.ToString());
    }

    /// <summary>Tenths of credits that the topic wkf_cpu charges among the first so many events.</summary>
    public static int Credits(int count) => Enumerable.Range(0, count).Count(number => number % 20 is >= 5 and < 9);
}
