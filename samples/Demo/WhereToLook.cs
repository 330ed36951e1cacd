namespace Telemetry.Samples.Demo;

/// <summary>Where a curious reader goes from the table.</summary>
internal static class WhereToLook
{
    /// <summary>The addresses of all parts, and the logs.</summary>
    public static string Render(DemoPaths paths, Uri collector, Uri prometheus, BrokerAddress kafka) => $"""
        Where to look further:
          runs          {collector}v1/runs
          dead letters  {collector}v1/dead-letters
          health        {collector}health/ready
          metrics       {collector}metrics
          Prometheus    {SafeAddress.Of(prometheus)}
          Kafka         kcat -b {kafka.Shown} -C -t xumi_task
          logs          {paths.Logs}

        """;
}
