namespace Telemetry.Events.Catalog;

/// <summary>An access to an asset was checked and allowed.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="AssetId">The asset; subject and partition key.</param>
/// <param name="Action">What was to be done, such as <c>read</c>.</param>
/// <param name="Reason">Why, in words.</param>
[TelemetryEvent("asset.access.check.allow", Topic = "asset_access", Delivery = DeliveryClass.Audit)]
public readonly partial record struct AssetAccessCheckAllow(
    string ActorId,
    [EventSubject] string AssetId,
    string Action,
    string? Reason = null);

/// <summary>An access to an asset was checked and denied.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="AssetId">The asset; subject and partition key.</param>
/// <param name="Action">What was to be done, such as <c>read</c>.</param>
/// <param name="Reason">Why, in words.</param>
[TelemetryEvent("asset.access.check.deny", Topic = "asset_access", Delivery = DeliveryClass.Audit)]
public readonly partial record struct AssetAccessCheckDeny(
    string ActorId,
    [EventSubject] string AssetId,
    string Action,
    string? Reason = null);

/// <summary>An upload begins.</summary>
/// <param name="ActorId">Who transfers it.</param>
/// <param name="AssetId">The asset; subject and partition key.</param>
/// <param name="Bytes">Its size in bytes, where that is known beforehand.</param>
[TelemetryEvent("asset.transfer.upload.start", Topic = "asset_transfer", Delivery = DeliveryClass.Audit)]
public readonly partial record struct AssetTransferUploadStart(
    string ActorId,
    [EventSubject] string AssetId,
    long? Bytes = null);

/// <summary>An upload ended, well or not.</summary>
/// <param name="ActorId">Who transfers it.</param>
/// <param name="AssetId">The asset; subject and partition key.</param>
/// <param name="Bytes">How many bytes were transferred.</param>
/// <param name="Outcome">How it ended, such as <c>succeeded</c> or <c>failed</c>.</param>
[TelemetryEvent("asset.transfer.upload.finish", Topic = "asset_transfer", Delivery = DeliveryClass.Audit)]
public readonly partial record struct AssetTransferUploadFinish(
    string ActorId,
    [EventSubject] string AssetId,
    long Bytes,
    string Outcome);

/// <summary>A download begins.</summary>
/// <param name="ActorId">Who transfers it.</param>
/// <param name="AssetId">The asset; subject and partition key.</param>
/// <param name="Bytes">Its size in bytes, where that is known beforehand.</param>
[TelemetryEvent("asset.transfer.download.start", Topic = "asset_transfer", Delivery = DeliveryClass.Audit)]
public readonly partial record struct AssetTransferDownloadStart(
    string ActorId,
    [EventSubject] string AssetId,
    long? Bytes = null);

/// <summary>A download ended, well or not.</summary>
/// <param name="ActorId">Who transfers it.</param>
/// <param name="AssetId">The asset; subject and partition key.</param>
/// <param name="Bytes">How many bytes were transferred.</param>
/// <param name="Outcome">How it ended, such as <c>succeeded</c> or <c>failed</c>.</param>
[TelemetryEvent("asset.transfer.download.finish", Topic = "asset_transfer", Delivery = DeliveryClass.Audit)]
public readonly partial record struct AssetTransferDownloadFinish(
    string ActorId,
    [EventSubject] string AssetId,
    long Bytes,
    string Outcome);
