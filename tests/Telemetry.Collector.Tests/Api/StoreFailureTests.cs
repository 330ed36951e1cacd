using System.Net;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Collector.Tests.Storage;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Api;

/// <summary>The store breaks under a running Collector: its table is taken away.</summary>
[Collection(Alone.Name)]
public class StoreFailureTests
{
    [Theory]
    [InlineData("/v1/runs")]
    [InlineData("/v1/runs/abc")]
    [InlineData("/v1/dead-letters")]
    public async Task A_broken_store_is_503_and_never_a_stack_trace(string path)
    {
        await using var collector = await RunningCollector.StartAsync(args: ["--environment", "Development"]);
        TakeAwayTables(collector.StorePath);

        var problem = await collector.Client.GetProblemAsync(path, HttpStatusCode.ServiceUnavailable);

        Assert.Equal("The store does not answer. Try again; /health/ready and the Collector's log say more.", problem);
    }

    [Fact]
    public async Task A_broken_store_is_not_ready_but_live()
    {
        await using var collector = await RunningCollector.StartAsync();
        TakeAwayTables(collector.StorePath);

        var ready = await collector.Client.GetJsonAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(
            """{"status":"unhealthy","checks":[{"name":"store","status":"unhealthy","description":"The store does not answer; the Collector's log says why."}]}""",
            ready.GetRawText().Replace("\\u0027", "'", StringComparison.Ordinal));
        Assert.Equal("healthy", (await collector.Client.GetJsonAsync("/health/live")).Text("status"));
    }

    [Fact]
    public async Task A_check_of_another_part_with_the_tag_decides_readiness_and_its_exception_stays_inside()
    {
        await using var collector = await RunningCollector.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("other", () => throw new InvalidOperationException("secret-host:9092"), [ObservabilityExtensions.ReadyTag]));

        var ready = await collector.Client.GetJsonAsync("/health/ready", HttpStatusCode.ServiceUnavailable);

        Assert.Contains(ready.GetProperty("checks").EnumerateArray(), check => check.Text("name") == "other");
        Assert.DoesNotContain("secret-host", ready.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_the_store_on_a_timer_and_leave_a_gap_while_it_is_broken()
    {
        var time = new FakeTimeProvider();
        await using var collector = await RunningCollector.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        await collector.Store.ApplyAsync([Start("a").At(0), Start("b").At(1), Finish("b").At(2)], [DeadLetter(3)], default);

        await EventuallyAsync(text => text.Contains("state=\"open\"} 1", StringComparison.Ordinal)
            && text.Contains("state=\"finished\"} 1", StringComparison.Ordinal)
            && text.Contains("telemetry_collector_dead_letters{otel_scope_name=\"Telemetry.Collector\"} 1", StringComparison.Ordinal));

        TakeAwayTables(collector.StorePath);
        await EventuallyAsync(text => !text.Contains("telemetry_collector_runs{", StringComparison.Ordinal));

        async Task EventuallyAsync(Func<string, bool> holds)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            string text;
            do
            {
                time.Advance(StoreMetrics.RefreshInterval);
                text = await collector.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), deadline.Token);
            }
            while (!holds(text));
        }
    }

    private static void TakeAwayTables(string path)
    {
        using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = path }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TABLE runs; DROP TABLE dead_letters";
        command.ExecuteNonQuery();
    }
}
