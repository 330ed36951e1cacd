using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Reservations as records of the state log.</summary>
internal static partial class ReservationCodec
{
    public const string Prefix = "reservation/";

    public static StateRecord Write(Reservation reservation) => new(
        Prefix + reservation.Id, reservation.User, JsonSerializer.SerializeToUtf8Bytes(Stored.Of(reservation), StoredContext.Default.Stored));

    /// <summary>The record that removes it.</summary>
    public static StateRecord Remove(Reservation reservation) => new(Prefix + reservation.Id, reservation.User, default);

    /// <exception cref="JsonException">The record is none.</exception>
    public static Reservation Read(StateRecord record)
    {
        var stored = JsonSerializer.Deserialize(record.Value.Span, StoredContext.Default.Stored);
        if (stored is null || !QuotaAmountText.TryParse(Encoding.UTF8.GetBytes(stored.Amount), out var amount))
            throw new JsonException($"The record {record.Key} of the state log is no reservation.");
        return new Reservation
        {
            Id = record.Key[Prefix.Length..],
            User = stored.User,
            Resource = stored.Resource,
            Task = stored.TaskId,
            IdempotencyKey = stored.IdempotencyKey,
            Amount = amount,
            State = stored.State,
            CreatedAt = stored.CreatedAt,
            ExpiresAt = stored.ExpiresAt,
            Revision = stored.Revision,
        };
    }

    internal sealed record Stored(
        string User,
        string Resource,
        string TaskId,
        string? IdempotencyKey,
        string Amount,
        ReservationState State,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        int Revision)
    {
        public static Stored Of(Reservation reservation) => new(
            reservation.User, reservation.Resource, reservation.Task, reservation.IdempotencyKey, reservation.Amount.ToString(),
            reservation.State, reservation.CreatedAt, reservation.ExpiresAt, reservation.Revision);
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Stored))]
    internal sealed partial class StoredContext : JsonSerializerContext;
}
