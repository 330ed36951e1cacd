using System.Globalization;
using Telemetry.Events.Testing;
using Telemetry.Ingestion;
using Telemetry.Tests.Shared;

// Telemetry.Ingestion [records] [rounds]: rounds of all ways alternate; medians over the rounds.
// The records are all in Kafka before anything is read. The embedded broker keeps some 5 MB a partition: hence so many partitions.
const int RecordsOfAPartition = 4000;
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500_000;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
var partitions = Math.Max(1, count / RecordsOfAPartition);
var file = Path.GetTempFileName();
using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Records.Topic, partitions)] });
await using var clickHouse = await ClickHouseServer.StartAsync();
try
{
    await Records.PublishAsync(kafka.BootstrapServers, count);
    var saved = Records.Save(kafka.BootstrapServers, partitions, file);
    if (saved != count)
        throw new InvalidOperationException($"The broker kept {saved} of {count} records. Give fewer.");
    var reading = new Reading(clickHouse.Url, kafka.BootstrapServers, file, count);
    (string Name, Func<Task<double>> Run, List<double> Seconds)[] ways =
    [
        ("Kafka table, the two generated views, all tables", reading.FromKafkaAsync, []),
        ("local file, the generated query, the same table", reading.FromFileByTheSameQueryAsync, []),
        ("local file, JSONEachRow, the same table without `raw`, nothing checked", reading.FromFileByJsonEachRowAsync, []),
    ];
    for (var round = 0; round < rounds; round++)
    {
        foreach (var (_, run, seconds) in ways)
            seconds.Add(await run());
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{count} records, {new FileInfo(file).Length / count} bytes each, {partitions} partitions, {rounds} rounds"));
    foreach (var (name, _, seconds) in ways)
    {
        var median = seconds.Order().ElementAt(rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:F1} | {count / median:N0} |"));
    }
}
finally
{
    File.Delete(file);
}
