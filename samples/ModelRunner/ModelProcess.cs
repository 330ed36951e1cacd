using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;
using Telemetry.Events.Catalog;

namespace Telemetry.Samples.ModelRunner;

/// <summary>One model process: loads its weights, computes, and announces both by a start and a finish event.</summary>
internal sealed class ModelProcess(
    RunnerOptions options,
    Announcer announcer,
    PhaseClock clock,
    TimeProvider time,
    Random random,
    IHostApplicationLifetime lifetime)
{
    private readonly string _node = NodeName();

    /// <summary>Runs the process to its end.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync()
    {
        Console.WriteLine($"task {options.Task} of user {options.User}, model {options.Model}, on node {_node}");
        var weights = new ModelWeights(random, time);
        var (load, problem) = await LoadAsync(weights);
        PhaseFigures? task = null;
        if (problem is null && load?.Outcome == Outcomes.Succeeded)
            (task, problem) = await ComputeAsync();
        // The weights are in use until the computation ends, also where the optimizer sees no further use.
        GC.KeepAlive(weights);

        if (options.Json)
            Console.WriteLine(new RunnerReport(options.Task, _node, weights.Bytes, load, task).ToJson());
        return ExitCode(problem, task ?? load);
    }

    private async Task<(PhaseFigures? Figures, string? Problem)> LoadAsync(ModelWeights weights)
    {
        var bytes = (long)options.MemoryMegabytes << 20;
        var reading = clock.Start();
        var problem = await announcer.AnnounceAsync(
            new WeightsLoadStart(options.Task, options.User, options.Model, _node, bytes));
        if (problem is not null)
            return (null, problem);

        var figures = await clock.MeasureAsync(reading, () => weights.LoadAsync(
            options.MemoryMegabytes, TimeSpan.FromSeconds(options.LoadSeconds), lifetime.ApplicationStopping));
        problem = await announcer.AnnounceAsync(new WeightsLoadFinish(
            options.Task, options.User, options.Model, _node, weights.Bytes, figures.Outcome, figures.Error));
        Console.WriteLine(RunnerReport.Line($"load of {options.MemoryMegabytes} MiB", figures));
        return (figures, problem);
    }

    private async Task<(PhaseFigures? Figures, string? Problem)> ComputeAsync()
    {
        var reading = clock.Start();
        var problem = await announcer.AnnounceAsync(new TaskRunStart(options.Task, options.User, options.Model, _node));
        if (problem is not null)
            return (null, problem);

        long products = 0;
        var figures = await clock.MeasureAsync(reading, async () => products = await new MatrixWork(random, time).RunAsync(
            options.Cores, TimeSpan.FromSeconds(options.ComputeSeconds), lifetime.ApplicationStopping));
        problem = await announcer.AnnounceAsync(new TaskRunFinish(
            options.Task, options.User, options.Model, _node, figures.Outcome, figures.Error));
        var cores = options.Cores == 1 ? "1 core" : $"{options.Cores} cores";
        Console.WriteLine(RunnerReport.Line(
            string.Create(CultureInfo.InvariantCulture, $"compute on {cores} ({products:N0} matrix products)"), figures));
        return (figures, problem);
    }

    private static int ExitCode(string? problem, PhaseFigures? last)
    {
        if ((problem ?? last?.Error) is { } sentence)
            Console.Error.WriteLine(sentence);
        if (problem is not null)
            return ExitCodes.Failed;
        return last?.Outcome switch
        {
            Outcomes.Succeeded => ExitCodes.Succeeded,
            Outcomes.Cancelled => ExitCodes.Cancelled,
            _ => ExitCodes.Failed,
        };
    }

    // Environment.MachineName ends at the first dot; node_uname_info{nodename} has the whole name.
    private static string NodeName() =>
        Environment.GetEnvironmentVariable("HOST_NAME") is { } name && !string.IsNullOrWhiteSpace(name)
            ? name
            : Dns.GetHostName();
}
