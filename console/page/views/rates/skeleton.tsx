/** Where the numbers will be. */
export const Skeleton = () => (
  <>
    <p class="visually-hidden" role="status">
      Loading the rates …
    </p>
    <div class="rate-cards" aria-hidden="true">
      <div class="card skeleton" />
      <div class="card skeleton" />
    </div>
    <div class="card skeleton low" aria-hidden="true" />
  </>
);
