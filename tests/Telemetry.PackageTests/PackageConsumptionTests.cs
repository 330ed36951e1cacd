using System.IO.Compression;
using Telemetry.Tests.Shared;

namespace Telemetry.PackageTests;

/// <summary>Packs what ships and uses it as a stranger would: from a fresh project, by package reference alone.</summary>
[Trait("Category", "Integration")]
public sealed class PackageConsumptionTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    [Theory]
    [MemberData(nameof(PackedPackages.Names), MemberType = typeof(PackedPackages))]
    public void A_package_carries_its_readme_licence_documentation_and_symbols(string name)
    {
        using var package = ZipFile.OpenRead(packages.FileOf(name, "nupkg"));
        using var symbols = ZipFile.OpenRead(packages.FileOf(name, "snupkg"));

        var entries = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", entries);
        Assert.Contains("LICENSE", entries);
        Assert.Contains($"lib/net10.0/{name}.dll", entries);
        Assert.Contains($"lib/net10.0/{name}.xml", entries);
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{name}.pdb");
        Assert.True(package.GetEntry("README.md")!.Length > 200, $"{name}'s README says next to nothing.");
    }

    [Fact]
    public void The_help_pages_that_messages_name_come_with_the_analyzers()
    {
        using var package = ZipFile.OpenRead(packages.FileOf("Telemetry.Events", "nupkg"));

        var pages = package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("docs/diagnostics/", StringComparison.Ordinal));
        var expected = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs/diagnostics"), "*.md").Select(file => $"docs/diagnostics/{Path.GetFileName(file)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fresh_project_publishes_an_event_through_the_packages()
    {
        var output = await packages.RunConsumerAsync(
            """
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using Telemetry.Events;
            using Telemetry.Events.Catalog;
            using Telemetry.Events.Testing;

            [assembly: TelemetryTopic("shop")]

            using var kafka = EmbeddedKafkaCluster.Start();
            var builder = Host.CreateApplicationBuilder();
            builder.Services.AddTelemetryEvents().AddKafka(options => options.ConnectionString = kafka.BootstrapServers);
            using var host = builder.Build();
            await host.StartAsync();
            var publisher = host.Services.GetRequiredService<IEventPublisher>();
            var receipt = await publisher.ConfirmAsync(new TaskRunStart("task-1", "user-1", "model-1", "node-1"));
            Console.WriteLine($"delivered={receipt.IsDelivered} topic={receipt.Topic}");
            var own = await publisher.ConfirmAsync(new OrderPlaced("order-1", 3));
            Console.WriteLine($"delivered={own.IsDelivered} topic={own.Topic}");
            await host.StopAsync();

            [TelemetryEvent("shop.order.place", Topic = "shop", Delivery = DeliveryClass.Usage)]
            public readonly partial record struct OrderPlaced([EventSubject] string OrderId, int Items);
            """,
            ["Telemetry.Events.Kafka", "Telemetry.Events.Testing", "Microsoft.Extensions.Hosting"]);

        Assert.Contains("delivered=True topic=xumi_task", output, StringComparison.Ordinal);
        Assert.Contains("delivered=True topic=shop", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_does_not_compile_until_the_packages_own_code_fix_has_corrected_it()
    {
        var consumer = await packages.CreateConsumerAsync(
            """
            using Telemetry.Events;

            [assembly: TelemetryTopic("shop")]

            Console.WriteLine(OrderPlaced.Descriptor.Name);

            [TelemetryEvent("shop.Order.place", Topic = "shop", Delivery = DeliveryClass.Usage)]
            public readonly partial record struct OrderPlaced([EventSubject] string OrderId, int Items);
            """,
            ["Telemetry.Events.Kafka"]);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => DotNet.RunAsync(consumer, "run", "--nologo"));
        Assert.Contains(
            "error TEL005: The event name 'shop.Order.place' has the upper-case letter 'O' at character 6; names are lower case",
            failure.Message, StringComparison.Ordinal);

        await DotNet.RunAsync(consumer, "format", "analyzers", "--diagnostics", "TEL005", "--severity", "error");
        Assert.Equal("shop.order.place", (await DotNet.RunAsync(consumer, "run", "--nologo")).Trim());
    }
}
