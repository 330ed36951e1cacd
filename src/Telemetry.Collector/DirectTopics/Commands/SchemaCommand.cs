using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.ClickHouse;

namespace Telemetry.Collector.DirectTopics.Commands;

/// <summary><c>telemetry-collector schema plan|apply|drop|export</c></summary>
internal static class SchemaCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Refused = 2;

    private const string RunsFile = "0-runs.sql";

    /// <returns>0 where it is done or there is nothing to do, 1 where it could not be, 2 where data would have been lost.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var allowShorter = new Option<bool>("--allow-shorter-retention") { Description = "Rows that the new retention does not cover may be dropped." };
        var deleteData = new Option<bool>("--delete-data") { Description = "Drops the tables with their rows too." };
        var folder = new Option<string>("--output", "-o") { Description = "Where the files go.", Required = true };
        var plan = Verb("plan", "Shows what apply would do, and changes nothing.", allowShorter);
        var apply = Verb("apply", "Makes the tables, or brings them up to date. Never loses a row.", allowShorter);
        var drop = Verb("drop", "Stops reading; the tables and their rows stay.", deleteData);
        var export = Verb("export", "Writes the statements for an empty server to files; asks no server.", folder);
        plan.SetAction((parsed, token) => WithServicesAsync(parsed, null, async (services, schemas) =>
            Show(await PlanAsync(services, schemas, parsed.GetValue(allowShorter), token), parsed.InvocationConfiguration, "to be done")));
        apply.SetAction((parsed, token) => WithServicesAsync(parsed, null, async (services, schemas) =>
        {
            // All of it or nothing: what the one part refuses, the other does not do either.
            var planned = await PlanAsync(services, schemas, parsed.GetValue(allowShorter), token);
            if (planned.Refusals.Count == 0)
            {
                var database = services.GetRequiredService<ClickHouseDatabase>();
                if (OwnTables(services) is { } own)
                    await own.ApplyAsync(database, parsed.GetValue(allowShorter), token);
                if (schemas.Count > 0)
                    await services.GetRequiredService<SchemaManager>().ApplyAsync(schemas, parsed.GetValue(allowShorter), token);
            }

            return Show(planned, parsed.InvocationConfiguration, "done");
        }));
        drop.SetAction((parsed, token) => WithServicesAsync(parsed, DirectTopicsMode.ClickHouse, async (services, schemas) =>
        {
            foreach (var statement in await services.GetRequiredService<SchemaManager>().DropAsync(schemas, parsed.GetValue(deleteData), token))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(statement + ";");
            return Success;
        }));
        export.SetAction((parsed, token) => WithServicesAsync(parsed, DirectTopicsMode.Off, async (services, schemas) =>
        {
            var house = services.GetRequiredService<IOptions<ClickHouseOptions>>().Value;
            var options = services.GetRequiredService<IOptions<DirectTopicsOptions>>().Value;
            var path = Directory.CreateDirectory(parsed.GetRequiredValue(folder)).FullName;
            foreach (var (name, text) in SchemaManager.Script(schemas, options, house.Database, house.Cluster))
                await File.WriteAllTextAsync(Path.Combine(path, name), text, token);
            await File.WriteAllTextAsync(Path.Combine(path, RunsFile), services.GetRequiredService<StoreSchema>().Script(), token);
            return Success;
        }));
        var command = new RootCommand("The tables in ClickHouse: of the direct topics (docs/direct-topics.md), and of runs (docs/run-tables.md).") { plan, apply, drop, export };
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output ?? Console.Out, Error = error ?? Console.Error });
    }

    // What is not an option here is configuration, as it is for the service: --Collector:ClickHouse:Database audit.
    private static Command Verb(string name, string description, Option option) =>
        new(name, description) { Options = { option }, TreatUnmatchedTokensAsErrors = false };

    private static async Task<SchemaPlan> PlanAsync(
        IServiceProvider services, IReadOnlyList<TopicSchema> schemas, bool allowShorterRetention, CancellationToken cancellationToken)
    {
        var plan = new SchemaPlan([], [], []);
        if (OwnTables(services) is { } own)
            plan = await own.PlanAsync(services.GetRequiredService<ClickHouseDatabase>(), allowShorterRetention, cancellationToken);
        if (schemas.Count == 0)
            return plan;
        var direct = await services.GetRequiredService<SchemaManager>().PlanAsync(schemas, allowShorterRetention, cancellationToken);
        // Both have the table of dead letters.
        return new SchemaPlan(
            [.. plan.Steps.Concat(direct.Steps).DistinctBy(step => step.Sql)], [.. plan.Refusals, .. direct.Refusals], direct.Notes);
    }

    private static StoreSchema? OwnTables(IServiceProvider services) =>
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Mode == StorageMode.ClickHouse ? services.GetRequiredService<StoreSchema>() : null;

    // Without a mode, direct topics that are said to be elsewhere are left alone.
    private static async Task<int> WithServicesAsync(
        ParseResult parsed, DirectTopicsMode? mode, Func<IServiceProvider, IReadOnlyList<TopicSchema>, Task<int>> run)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            var builder = Host.CreateApplicationBuilder(
                new HostApplicationBuilderSettings { Args = [.. parsed.UnmatchedTokens], ContentRootPath = AppContext.BaseDirectory });
            var direct = mode ?? builder.Configuration.GetSection(DirectTopicsOptions.SectionName).Get<DirectTopicsOptions>()?.Mode ?? DirectTopicsMode.ClickHouse;
            builder.Services.AddDirectTopicsOptions();
            builder.Services.AddStorageOptions();
            builder.Services.AddOptions<MeasuringOptions>().BindConfiguration(MeasuringOptions.SectionName);
            builder.Services.Configure<DirectTopicsOptions>(options => options.Mode = direct);
            builder.Services.AddSingleton<SchemaManager>();
            builder.Services.AddSingleton<StoreSchema>();
            using var host = builder.Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            if (mode is null && direct != DirectTopicsMode.ClickHouse)
                return await run(host.Services, []);
            if (TopicSchemas.TryCreate(host.Services.GetRequiredService<IOptions<DirectTopicsOptions>>().Value, out var schemas, out var wrong))
                return await run(host.Services, schemas);
            await error.WriteLineAsync(wrong);
        }
        catch (DbException exception)
        {
            await error.WriteLineAsync(exception.Message);
        }
        catch (Exception exception) when (StartupFailure.Sentences(exception) is { Count: > 0 } sentences)
        {
            foreach (var sentence in sentences)
                await error.WriteLineAsync(sentence);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException)
        {
            await error.WriteLineAsync(exception.Message);
        }

        return Failure;
    }

    private static int Show(SchemaPlan plan, InvocationConfiguration console, string participle)
    {
        foreach (var note in plan.Notes)
            console.Output.WriteLine($"Note: {note}");
        foreach (var refusal in plan.Refusals)
            console.Error.WriteLine($"Refused: {refusal}");
        if (plan.Refusals.Count > 0)
            return Refused;
        foreach (var step in plan.Steps)
            console.Output.WriteLine($"-- {step.Summary}\n{step.ShownSql};\n");
        console.Output.WriteLine(plan.Steps.Count == 0 ? "The tables are as the catalog has them." : $"{plan.Steps.Count} statements {participle}.");
        return Success;
    }
}
