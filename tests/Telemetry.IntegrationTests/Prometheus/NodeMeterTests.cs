using FsCheck.Xunit;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;

namespace Telemetry.IntegrationTests.Prometheus;

[Trait("Category", "Integration")]
public class NodeMeterTests(NodeMeterFixture fixture) : IClassFixture<NodeMeterFixture>
{
    private const double Gibibyte = 1024 * 1024 * 1024;

    [Fact]
    public async Task Ten_seconds_of_one_core_on_a_noisy_node_scraped_every_second()
    {
        var metrics = await MeasureAsync("noisy", 600, 610, scrapeInterval: 1);

        // The window begins and ends with a scrape, so nothing is left to estimate.
        var cpu = metrics["node.cpu"];
        var truth = Truth(fixture.NoisyCpus, 600, 610);
        Assert.InRange(truth, 12, 16);
        Assert.Equal(truth, cpu.Integral, 1e-6);
        Assert.Equal(truth / 10, cpu.Average, 1e-6);
        var seconds = Enumerable.Range(600, 10).Select(second => Truth(fixture.NoisyCpus, second, second + 1)).ToArray();
        Assert.Equal(seconds.Min(), cpu.Min, 1e-6);
        Assert.Equal(seconds.Max(), cpu.Max, 1e-6);
        Assert.Equal(seconds.Max(), cpu.P95, 1e-6);
        Assert.Equal(("cores", "core-seconds", 11), (cpu.Unit, cpu.IntegralUnit, cpu.Samples));
    }

    [Fact]
    public async Task Every_metric_of_the_catalog_is_measured()
    {
        var metrics = await MeasureAsync("noisy", 600, 609, scrapeInterval: 1);

        Assert.Equal(["node.cpu", "node.memory.used", "node.network.receive", "node.network.transmit"], metrics.Keys);
        Assert.Equal(
            new MetricSummary(
                "node.memory.used", "bytes", "byte-seconds",
                3 * Gibibyte, 3 * Gibibyte, 3 * Gibibyte, 3 * Gibibyte, 27 * Gibibyte, 10),
            metrics["node.memory.used"]);
        Assert.Equal(
            new MetricSummary("node.network.receive", "bytes-per-second", "bytes", 1000, 1000, 1000, 1000, 9000, 10),
            metrics["node.network.receive"]);
        Assert.Equal(
            new MetricSummary("node.network.transmit", "bytes-per-second", "bytes", 15, 15, 15, 15, 135, 10),
            metrics["node.network.transmit"]);
    }

    [Fact]
    public async Task Burn_that_begins_and_ends_between_scrapes_of_a_noisy_node_is_close_to_the_truth()
    {
        var cpu = (await MeasureAsync("noisy", 700.4, 709.7, scrapeInterval: 1))["node.cpu"];

        Assert.Equal(1, cpu.Integral / Truth(fixture.NoisyCpus, 700.4, 709.7), 0.02);
    }

    [Fact]
    public async Task Five_seconds_between_two_scrapes_are_exact_on_a_steady_background()
    {
        var cpu = (await MeasureAsync("sparse", 607, 612))["node.cpu"];

        // Two cores for five seconds, and the background of 0.3 cores for as long.
        Assert.Equal(11.5, fixture.SparseCpu.Increase(At(607), At(612)), 1e-9);
        Assert.Equal(11.5, cpu.Integral, 1e-6);
        Assert.Equal(2.3, cpu.Average, 1e-6);
        Assert.Equal(2.3, cpu.Max, 1e-6);
        Assert.Equal(4, cpu.Samples);
    }

    [Fact]
    public async Task Five_seconds_between_two_scrapes_are_close_on_a_noisy_background()
    {
        var cpu = (await MeasureAsync("sparse-noisy", 607, 612))["node.cpu"];

        Assert.Equal(1, cpu.Integral / fixture.SparseNoisyCpu.Increase(At(607), At(612)), 0.1);
    }

    [Fact]
    public async Task Reboot_in_the_window_costs_only_what_no_scrape_saw()
    {
        var cpu = (await MeasureAsync("rebooted", 570, 660))["node.cpu"];

        // Two cores for 90 s; what ran between the scrape at 600 and the reboot at 605 is lost with the counters.
        Assert.Equal(180 - 10, cpu.Integral, 1e-6);
        Assert.Equal(2, cpu.Max, 1e-6);
        Assert.Equal(20.0 / 15, cpu.Min, 1e-6);
    }

    [Fact]
    public async Task Unknown_node_has_no_data()
    {
        var measurement = (await fixture.MeasureAsync("absent", 607, 612)).Value!;

        Assert.Empty(measurement.Metrics);
        Assert.Equal(
            $"From 2026-03-01T12:10:07.0000000Z to 2026-03-01T12:10:12.0000000Z, Prometheus at {fixture.Server.Url} has no " +
            "node_uname_info{nodename=\"absent\"}: check that the node's exporter is scraped, and that the events name the " +
            "node as its exporter does.",
            measurement.NoDataReason);
    }

    [Theory]
    [InlineData("silent", 620, 650, "node.cpu has samples no more than 45 s apart for only 0 % of the window")]
    [InlineData("nothing-but-a-name", 607, 612, "node.cpu has no series node_cpu_seconds_total")]
    public async Task Node_that_was_not_scraped_has_no_data(string node, double start, double finish, string words)
    {
        var measurement = (await fixture.MeasureAsync(node, start, finish)).Value!;

        Assert.Empty(measurement.Metrics);
        Assert.Contains(words, measurement.NoDataReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_was_scraped_for_a_part_of_the_window_has_partial_values_within_its_capacity()
    {
        var measurement = (await fixture.MeasureAsync("silent", 590, 650)).Value!;

        Assert.Null(measurement.NoDataReason);
        Assert.Empty(measurement.Metrics);
        var cpu = measurement.Values.Single(value => value is { Metric: "node.cpu", Aggregation: "integral" });
        // One core all the time, of which 10 s are covered.
        Assert.Equal((ValueState.Partial, 10.0 / 60), (cpu.State, cpu.Coverage));
        Assert.InRange(60, cpu.Lo!.Value, cpu.Hi!.Value + 1e-6);
        Assert.All(
            measurement.Values.Where(value => value.Metric == "node.memory.used"),
            value => Assert.Equal((ValueState.NoData, null), (value.State, value.Value)));
    }

    [Fact]
    public async Task Evidence_of_a_run_that_nobody_ended_is_the_last_sample_of_its_node_within_the_limit()
    {
        Assert.Equal((690, RunEvidence.Node), await fixture.FindLastSampleAsync("gone", 600, 1500));
        Assert.Equal((650, RunEvidence.Node), await fixture.FindLastSampleAsync("gone", 600, 650));
        Assert.Equal((1500, RunEvidence.Node), await fixture.FindLastSampleAsync("sparse", 600, 1500));
        Assert.Equal((null, RunEvidence.Node), await fixture.FindLastSampleAsync("gone", 1000, 1500));
        Assert.Equal((null, RunEvidence.Node), await fixture.FindLastSampleAsync("no-such-node", 600, 1500));
    }

    [Fact]
    public async Task Window_longer_than_a_query_is_put_together_without_seam()
    {
        var cpu = (await MeasureAsync("noisy", 60.5, 1740.5, scrapeInterval: 1))["node.cpu"];

        Assert.Equal(1, cpu.Integral / Truth(fixture.NoisyCpus, 60.5, 1740.5), 1e-3);
        Assert.Equal(1680 + 4, cpu.Samples);
    }

    [Fact]
    public async Task Of_two_targets_of_a_node_the_better_covered_is_used_alone()
    {
        Assert.Equal(1.5, (await MeasureAsync("twice", 607, 660))["node.cpu"].Average, 1e-6);
        // Covered alike: the first by name.
        Assert.Equal(1, (await MeasureAsync("twice", 307, 360))["node.cpu"].Average, 1e-6);
    }

    [Fact]
    public async Task Name_with_quotes_and_braces_finds_its_own_node_only()
    {
        var cpu = (await MeasureAsync(NodeMeterFixture.OddName, 607, 612))["node.cpu"];

        Assert.Equal(0.25, cpu.Average, 1e-6);
    }

    [Theory]
    [InlineData("\"} or node_uname_info{nodename=~\".+")]
    [InlineData("sparse\" or nodename=\"noisy")]
    [InlineData("spars.")]
    [InlineData("\\")]
    [InlineData("a\nb\0c\u007f\ufffd")]
    [InlineData("😀")]
    public async Task Name_cannot_break_out_of_the_query(string node)
    {
        var result = await fixture.MeasureAsync(node, 607, 612);

        Assert.True(result.IsSuccess, result.Failure?.Reason);
        Assert.Contains("has no node_uname_info", result.Value.NoDataReason, StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public void No_text_whatever_breaks_out_of_a_label_before_the_real_parser(string? text, bool isNegated)
    {
        // Random texts seldom hold what PromQL takes for its own.
        foreach (var value in new[] { text ?? "", $"x\"}} or node_uname_info{{job=~\".+{text}", $"{text}\\", $"\"{text}\n#" })
        {
            var selector = PrometheusSelector.For("node_uname_info").Where("sysname", "Linux");
            selector = isNegated ? selector.WhereNot("nodename", value) : selector.Where("nodename", value);

            var found = fixture.Client.QueryAsync(selector, TimeSpan.FromMinutes(1), At(600), CancellationToken.None)
                .GetAwaiter().GetResult();

            Assert.True(found.IsSuccess, $"{selector}: {found.Failure?.Reason}");
            // All nodes but none of that name; or none at all.
            Assert.Equal(isNegated ? NodeMeterFixture.Nodes : 0, found.Value.Count);

            var any = PrometheusSelector.For("node_uname_info").WhereAny("nodename", [value, NodeMeterFixture.OddName, $"{value}.*|.+"]);
            var odd = fixture.Client.QueryAsync(any, TimeSpan.FromMinutes(1), At(600), CancellationToken.None).GetAwaiter().GetResult();
            Assert.True(odd.IsSuccess, $"{any}: {odd.Failure?.Reason}");
            Assert.Equal(NodeMeterFixture.OddName, Assert.Single(odd.Value).Label("nodename"));
        }
    }

    [Fact]
    public async Task Prometheus_that_is_down_is_a_failure_that_names_address_and_fix()
    {
        var server = await PrometheusServer.StartAsync(new PrometheusHistory(NodeMeterFixture.Origin, NodeMeterFixture.Origin));
        await server.DisposeAsync();

        var result = await NodeMeterFixture.MeasureAsync(
            server.Url.Replace("://", "://me:secret@", StringComparison.Ordinal), "noisy", 607, 612);

        Assert.Equal(PrometheusFailureKind.Unreachable, result.Failure!.Kind);
        var address = server.Url["http://".Length..];
        Assert.Equal(
            $"Prometheus at http://***@{address} cannot be reached: Connection refused ({address}). " +
            "Start it, or set PROMETHEUS_URL or Collector:Prometheus:Url to its address.",
            result.Failure.Reason);
    }

    [Fact]
    public async Task Address_with_a_wrong_prefix_is_a_failure_that_says_so()
    {
        var result = await NodeMeterFixture.MeasureAsync(fixture.Server.Url + "/nowhere", "noisy", 607, 612);

        Assert.Equal(PrometheusFailureKind.HttpStatus, result.Failure!.Kind);
        Assert.Contains("HTTP 404", result.Failure.Reason, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(double seconds) => NodeMeterFixture.Origin.AddSeconds(seconds);

    private static double Truth(RateHistory[] rates, double start, double finish) =>
        rates.Sum(rate => rate.Increase(At(start), At(finish)));

    private async Task<Dictionary<string, MetricSummary>> MeasureAsync(
        string node, double start, double finish, int scrapeInterval = 15)
    {
        var result = await fixture.MeasureAsync(node, start, finish, scrapeInterval);
        Assert.True(result.IsSuccess, result.Failure?.Reason);
        Assert.Null(result.Value.NoDataReason);
        return result.Value.Metrics.ToDictionary(metric => metric.Name);
    }
}
